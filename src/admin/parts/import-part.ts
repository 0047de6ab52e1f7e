// Imports a script of the app. Chromium keeps the failure of an import, so a second try needs another address.

const failures = new Map<string, number>();

/** Imports the script of an address. After a failure, the next call asks for it under another address. */
async function importPart(address: string): Promise<unknown> {
  const failed = failures.get(address) ?? 0;
  const asked = failed === 0 ? address : `${address}?again=${failed}`;
  try {
    const part: unknown = await import(/* @vite-ignore */ asked);
    return part;
  } catch (error) {
    failures.set(address, failed + 1);
    throw error;
  }
}

// Every dynamic import of the built app calls it: see vite.config.ts.
Object.assign(globalThis, { importPart });
