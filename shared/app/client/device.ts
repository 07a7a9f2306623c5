// What the device says it runs (4.d.5). The release is not told by browsers in a way that is true, so it is left out.
const systems: [RegExp, string][] = [[/android/i, "Android"], [/iphone|ipad|ipod/i, "iOS"], [/cros/i, "ChromeOS"], [/windows/i, "Windows"], [/mac os/i, "macOS"], [/linux/i, "Linux"]]

export function system(): { os?: string } {
  const found = systems.find(([pattern]) => pattern.test(navigator.userAgent))
  return found ? { os: found[1] } : {}
}
