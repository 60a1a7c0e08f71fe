/** Waits until `condition` returns something true, and returns that; an exception counts as not yet. */
export async function eventually(condition, what, seconds = 120) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = await Promise.resolve().then(condition).catch(() => false);
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited ${seconds} s in vain for ${what}`);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
}
