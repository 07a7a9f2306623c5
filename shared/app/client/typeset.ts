// "E-mail" and the words that begin with it stay on one line: browsers part them behind the "e-", and no style keeps
// them from it. Wherever a text is drawn, a mark of no width (U+2060, word joiner) stands behind the hyphen; names for
// who hears the screen, and what is typed, asked or put into a file, have none, nor has an address.
import { options } from "preact"

const mail = /(^|[\s(])(e-)(?=mail)(?!\S*@)/gi
const before = options.vnode
options.vnode = (node) => {
  const text = node as { type: unknown; props: unknown } // where it is one, it has no type, and its words as props
  if (text.type === null && typeof text.props === "string") text.props = text.props.replace(mail, "$1$2\u2060")
  before?.(node)
}
