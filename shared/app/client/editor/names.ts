// Names in sequence: 3.09, 3.10; A1, A2; Quiet, Quiet 2.

/** The name after one: its last number is one more, as wide as it was. */
export function next(name: string): string {
  const found = /^(.*?)(\d+)(\D*)$/.exec(name)
  if (!found) return `${name} 2`
  const [, before, number, after] = found as unknown as [string, string, string, string]
  return `${before}${String(Number(number) + 1).padStart(number.length, "0")}${after}`
}

/** So many names from the first on, but for those that are taken. */
export function series(first: string, n: number, taken: Set<string>): string[] {
  const names: string[] = []
  for (let name = first.trim(); names.length < n; name = next(name)) {
    if (!taken.has(name.toLowerCase())) names.push(name)
  }
  return names
}
