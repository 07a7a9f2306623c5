// Keeps the program on the device, where that is allowed: it then opens without a connection, and says so.
interface TrustedTypes { createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string } }
declare const trustedTypes: TrustedTypes | undefined

export function keepProgram(): void {
  const address = "/worker.js"
  const policy = typeof trustedTypes === "undefined" ? undefined : trustedTypes.createPolicy("worker", {
    createScriptURL: (url) => {
      if (url !== address) throw new TypeError("the worker alone")
      return url
    },
  })
  try {
    void navigator.serviceWorker?.register(policy?.createScriptURL(address) ?? address).catch(() => undefined)
  } catch {
    // Site data is blocked: the app works until it is closed.
  }
}
