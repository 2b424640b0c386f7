/** Does the work, and renews the claim on it every so often until the work is done. A failed renewal is tried again. */
export async function keepAlive<T>(renew: () => Promise<unknown>, everyMs: number, work: () => Promise<T>): Promise<T> {
  let renewal: Promise<unknown> = Promise.resolve()
  const timer = setInterval(() => {
    renewal = renew().catch(() => {})
  }, everyMs)
  try {
    return await work()
  } finally {
    clearInterval(timer)
    // A renewal that came after the claim was given back would take it again.
    await renewal
  }
}
