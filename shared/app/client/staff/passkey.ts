// Passkeys, as the browser makes them and signs with them (W3C Web Authentication). The holder is verified each time.
export interface Ceremony { challenge: string; user: string }

const anHour = 3600_000
const key = "public-key" as const
const algorithms = [-7, -8, -257] // ES256, EdDSA, RS256

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0))
}

function text(buffer: ArrayBuffer | null): string {
  const all = Array.from(new Uint8Array(buffer ?? new ArrayBuffer(0)), (b) => String.fromCharCode(b)).join("")
  return btoa(all).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
}

/** Makes one that its authenticator finds by itself; one that holds any of the others makes none. */
export async function make({ challenge, user }: Ceremony, email: string, others: string[] = []) {
  const made = (await navigator.credentials.create({
    publicKey: {
      challenge: bytes(challenge), rp: { name: "iotspot" }, user: { id: bytes(user), name: email, displayName: email },
      pubKeyCredParams: algorithms.map((alg) => ({ type: key, alg })), attestation: "none", timeout: anHour,
      authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
      excludeCredentials: others.map((id) => ({ type: key, id: bytes(id) })),
    },
  })) as PublicKeyCredential
  const answer = made.response as AuthenticatorAttestationResponse
  return { id: made.id, client_data: text(answer.clientDataJSON), attestation: text(answer.attestationObject) }
}

/** Signs a challenge with one that the holder chooses: nobody is told which there are. */
export async function sign({ challenge }: Ceremony) {
  const signed = (await navigator.credentials.get({
    publicKey: { challenge: bytes(challenge), userVerification: "required", timeout: anHour },
  })) as PublicKeyCredential
  const answer = signed.response as AuthenticatorAssertionResponse
  return {
    id: signed.id, client_data: text(answer.clientDataJSON), authenticator_data: text(answer.authenticatorData),
    signature: text(answer.signature), user: text(answer.userHandle),
  }
}
