// The service worker keeps program code and images of the program alone (9.cache). A tab that is open goes on with the
// files that it began with: a newer worker waits until all of its tabs are closed.
export {}
declare const FILES: string[]
declare const self: ServiceWorkerGlobalScope

interface ExtendableEvent extends Event { waitUntil(done: Promise<unknown>): void }
interface FetchEvent extends Event { request: Request; respondWith(answer: Promise<Response>): void }
interface ServiceWorkerGlobalScope {
  addEventListener(on: "install" | "activate", act: (event: ExtendableEvent) => void): void
  addEventListener(on: "fetch", act: (event: FetchEvent) => void): void
  location: Location
}

const shell = "/"
const mine = `iotspot ${FILES.length} ${FILES.join(" ").split("").reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7)}`

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(mine).then((cache) => cache.addAll([shell, ...FILES])))
})

self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((all) => Promise.all(all.filter((name) => name !== mine).map((name) => caches.delete(name)))))
})

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url)
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return
  if (event.request.mode === "navigate" && url.pathname === shell) {
    event.respondWith(fetch(event.request).catch(async () => (await caches.match(shell)) ?? Response.error()))
  } else if (url.pathname.startsWith("/app/")) {
    event.respondWith(caches.match(event.request).then((kept) => kept ?? fetch(event.request)))
  }
})
