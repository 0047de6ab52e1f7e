// The nonce of this page. The content security policy allows only style elements that have it.

const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');

/** The nonce; empty if the page has none, as on the development server. */
export const styleNonce: string = meta?.nonce ?? "";

// Mantine's dialogs use a library that reads the nonce of its style elements from this variable of webpack.
Object.assign(globalThis, { __webpack_nonce__: styleNonce });
