// One thing that is so, in one or more lines: a row of a <dl class="kinds">.
export function Fact({ what, children }: { what: string; children: (string | undefined)[] }) {
  return <div><dt>{what}</dt>{children.filter(Boolean).map((line, n) => <dd key={n} class="quiet">{line}</dd>)}</div>
}
