/** What `read` gives as soon as it gives something; undefined after `patience` milliseconds. */
export async function eventually<T>(read: () => T | undefined, patience = 10_000): Promise<T | undefined> {
  for (let waited = 0; waited < patience; waited += 100) {
    const found = read();
    if (found !== undefined) {
      return found;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return undefined;
}
