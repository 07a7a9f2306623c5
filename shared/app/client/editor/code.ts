// What is printed on a sensor, as its id. LoRaWAN devices bear a code by TR005 of the LoRa Alliance:
// LW:D0:<JoinEUI>:<DevEUI>:<ProfileID>:…; others have the id alone, or somewhere in a text or an address.

/** The id in a code, or "" where there is none. */
export function sensorIn(code: string): string {
  const text = code.trim().toLowerCase()
  const fields = text.split(":")
  if (fields[0] === "lw" && /^[0-9a-f]{16}$/.test(fields[3] ?? "")) return fields[3]!
  const eui = /(?:^|[^0-9a-f])((?:[0-9a-f]{2}[-: ]?){7}[0-9a-f]{2})(?:$|[^0-9a-f])/.exec(text)
  if (eui) return eui[1]!.replace(/[-: ]/g, "")
  return /^[a-z0-9-]{4,64}$/.test(text) ? text : ""
}
