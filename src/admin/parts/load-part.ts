// Loads a part of the app that has its own file: a page, an editor, a chart. Loading fails without a network, and it
// fails for good after an update of the service has replaced the files of the open app.

import { parts } from "../words/en/parts.ts";

/** Why a part could not be loaded. */
export type PartFault = "updated" | "unreachable" | "unknown";

/** Thrown if a part could not be loaded. */
export class PartNotLoaded extends Error {
  override readonly name = "PartNotLoaded";
  readonly fault: PartFault;

  constructor(fault: PartFault, cause: unknown) {
    super(parts.crash(fault), { cause });
    this.fault = fault;
  }
}

/** Loads a part. Rejects with a `PartNotLoaded`. A second call tries again. */
export async function loadPart<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    await fetchMissingStyles();
    return await load();
  } catch (error) {
    throw new PartNotLoaded(await findFault(), error);
  }
}

/** How long to wait for the service's answer whether it still has the app's files. */
const answerMaxMs = 5_000;

/** After an update, the service no longer has the script that this page was started with. */
async function findFault(): Promise<PartFault> {
  const script = document.querySelector<HTMLScriptElement>('script[type="module"][src]');
  if (script === null) return "unknown";
  try {
    const { status } = await fetch(script.src, {
      method: "HEAD",
      cache: "no-store",
      signal: AbortSignal.timeout(answerMaxMs),
    });
    return status === 404 ? "updated" : "unknown";
  } catch {
    return "unreachable";
  }
}

const missingStyles = new Set<string>();

/** Notes the style sheets that fail to load. Vite regards every requested one as loaded, and never retries. */
export function watchStyles(): void {
  // Error events of elements don't bubble, so the document listens in the capture phase.
  document.addEventListener("error", noteMissingStyle, true);
}

function noteMissingStyle({ target }: Event): void {
  if (!(target instanceof HTMLLinkElement) || target.rel !== "stylesheet") return;
  missingStyles.add(target.href);
  target.remove();
}

async function fetchMissingStyles(): Promise<void> {
  await Promise.all([...missingStyles].map(fetchStyle));
}

function fetchStyle(href: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    link.addEventListener("load", () => {
      missingStyles.delete(href);
      resolve();
    });
    link.addEventListener("error", () => reject(new Error(`No style sheet at ${href}`)));
    document.head.append(link);
  });
}
