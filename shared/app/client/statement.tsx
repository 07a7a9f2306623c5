// The privacy statement in short: each kind of data that is kept of people, and until when.
import type { Out } from "./api"
import { language } from "./i18n"

export type Statement = Out<"GET /statement/version">

/** The kinds that are about people; art. 3 is about the customer. */
export const kindsOf = (statement: Statement) => statement.chapters.flatMap((chapter) => chapter.kinds ?? []).filter((kind) => !kind.clause.startsWith("3"))

export function Kinds({ of: statement, title, whole }: { of: Statement; title: string; whole: string }) {
  return (
    <>
      <details class="card">
        <summary>{title}</summary>
        <dl class="kinds">
          {kindsOf(statement).map((kind) => <div key={kind.clause}><dt>{kind.what}</dt><dd class="quiet small">{kind.kept}</dd></div>)}
        </dl>
      </details>
      <p><a href={`/statement?language=${language.value}`} target="_blank" rel="noreferrer noopener">{whole}</a></p>
    </>
  )
}
