// Fetches a part of the app that is a file of its own: a page, an editor, a chart. It may fail for a moment without a
// network, and for good once an update of the service has replaced the files of the app that is open.

/** Why a part could not be fetched. */
export type PartFault = "updated" | "unreachable" | "unknown";

/** A part that could not be fetched. */
export class PartNotLoaded extends Error {
  override readonly name = "PartNotLoaded";
  readonly fault: PartFault;

  constructor(fault: PartFault, cause: unknown) {
    super(`A part of the app could not be loaded: ${fault}.`, { cause });
    this.fault = fault;
  }
}

/** Fetches a part. Rejects with a `PartNotLoaded`; asking again fetches again. */
export async function loadPart<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    await fetchMissingStyles();
    return await load();
  } catch (error) {
    throw new PartNotLoaded(await findFault(), error);
  }
}

/** How long the service may take to say whether it still has this app's files. */
const answerMaxMs = 5_000;

/** After an update, the service no longer has the script that this page began with. */
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

/** Notes which style sheets fail. Vite takes each that it has asked for as loaded, and never asks again. */
export function watchStyles(): void {
  // Only a file's own element hears of its failure, so the document has to listen before that element does.
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
