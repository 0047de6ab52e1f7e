// What the page of each kind of problem says: why it is answered, and what to do. A client reads the page at the
// problem's `type`. The texts are apart from the kinds, because the admin app needs only those.

import { feedProblemPages } from "./feed-problem-pages.ts";
import type { ProblemPage } from "./problem-page.ts";
import type { ProblemKind } from "./problem.ts";

/** The page of every kind of problem. */
export const problemPages: Readonly<Record<ProblemKind, ProblemPage>> = {
  "invalid-request": {
    cause:
      "The request could not be read: its body is not JSON, ended too early, or could not be decompressed, its address has a wrong escape, or its Prefer header can't be read.",
    cure: "Correct what the detail names, and send the request again. The same request fails again.",
    example: {
      detail: "Expected valid JSON; at line 1, column 15: expected a comma or the end of the list.",
    },
  },
  unauthenticated: {
    cause:
      "The request has no API key and no session, or one that is unknown, revoked or has ended. At a login: the email or the password is wrong, or the account is disabled.",
    cure: "Send a valid key as `Authorization: Bearer <key>`, or log in again. An administrator can make a new key.",
    example: {
      detail:
        "Expected a valid API key as `Authorization: Bearer <key>`, or a login at /admin/login; got neither.",
    },
  },
  "code-needed": {
    cause:
      "The password is right, and the account has a second factor, but the login came without a code.",
    cure: "Send the login again with the code that the person's authenticator app shows, or with a recovery code.",
    example: {
      detail: "Expected a code of the authenticator app, or a recovery code; got none.",
    },
  },
  "permission-denied": {
    cause: "The key or the person is known, but has no permission for this.",
    cure: "Use a key with the permission that the detail names, or ask an administrator for it.",
    example: {
      detail:
        "Expected the permission orders:write; key:shop front does not have it. Use another key, or ask an administrator.",
    },
  },
  "password-change-needed": {
    cause:
      "Somebody else chose this person's password. Until they choose their own, they may do nothing else.",
    cure: "Choose a password with `PUT /session/password`, or at /admin.",
    example: { detail: "Choose your own password first; until then you may do nothing else." },
  },
  "cross-site-request": {
    cause:
      "The request changes something, carries a session, and a browser says that a page of another site sent it.",
    cure: "Programs use an API key in place of a session. If the page is the service's own, set PUBLIC_URL to the address that people use.",
    example: {
      detail:
        "Expected a write to come from a page of this service itself; got one from another site.",
    },
  },
  "not-found": {
    cause:
      "Nothing has this address: the order, product or other resource does not exist, or was deleted.",
    cure: "Check the id or SKU and its escapes (a / in a SKU is %2F). Addresses are listed at /docs.",
    example: { detail: 'There is no product or variant with the SKU "MUG-9".' },
  },
  "method-not-allowed": {
    cause: "The address exists, but not with this method.",
    cure: "Use a method that the Allow header names.",
    example: { detail: "Expected GET, POST; got DELETE." },
  },
  timeout: {
    cause: "The request took too long to arrive.",
    cure: "Send it again over a faster connection, or in smaller parts.",
    example: { detail: "Expected the whole request in time; it took too long." },
  },
  conflict: {
    cause:
      "The request contradicts something that is stored, such as a name, a SKU or a reference that is taken, or something that is still in use.",
    cure: "Read what the detail names, and change the request or what is stored.",
    example: {
      detail:
        'The SKU "MUG-1" belongs to the product "MUG-1" (Mug). Use another SKU, or free this one first.',
      errors: [
        {
          pointer: "/variants/0/sku",
          detail: 'The SKU "MUG-1" belongs to the product "MUG-1" (Mug).',
        },
      ],
    },
  },
  "out-of-stock": {
    cause:
      "The order was stored and rejected: at least one of its items has fewer units than it asks for. No unit was taken.",
    cure: "Read `errors`: each entry has a line with what was requested and what is available. Place a new order, with a new reference, for what can be had.",
    example: {
      detail:
        "The order took nothing: 1 of its 1 lines could not be served. Send what can be had as a new order with a new reference.",
      errors: [
        {
          pointer: "/lines/0",
          detail: "MUG-1: 3 wanted in all, 1 available.",
          sku: "MUG-1",
          code: "insufficient-stock",
          requested: 3,
          available: 1,
        },
      ],
      extra: {
        orderId: "01939c3e-7a4f-7d32-9c11-3f6b1a2c4d5e",
        reference: "SO-1001",
        orderStatus: "rejected",
      },
    },
  },
  "reference-conflict": {
    cause: "An order with this reference is stored already, for other goods.",
    cure: "To get that order, send its own lines, or read `orderId`. A new sale needs a new reference.",
    example: {
      detail:
        'Order 01939c3e-7a4f-7d32-9c11-3f6b1a2c4d5e has the reference "SO-1001" already, for other goods: 2 of "MUG-1" and not 3.',
      extra: { orderId: "01939c3e-7a4f-7d32-9c11-3f6b1a2c4d5e", orderStatus: "confirmed" },
    },
  },
  "idempotency-key-reused": {
    cause: "Another request came with the same Idempotency-Key before.",
    cure: "Send a new key with each new request. To repeat a request, send the same body with the same key.",
    example: {
      detail:
        "Expected a new Idempotency-Key for a new request; this key came with another request before.",
    },
  },
  "stale-count": {
    cause: "The count was to be `expectedUnits`, but it has changed since it was read.",
    cure: "Read the count again, decide again, and send the request with the new `expectedUnits`.",
    example: {
      detail: "Expected 12 units; there are 11 now. Count again.",
      extra: { expectedUnits: 12, unitsInStock: 11 },
    },
  },
  "below-zero": {
    cause: "The change would make a count negative, and the product does not allow that.",
    cure: "Remove fewer units, set the count instead, or allow negative stock for the product.",
    example: {
      detail:
        "MUG-1 has 3 units, and this would make them -2. Expected zero or more; only a product with allowNegativeStock may have less.",
      extra: { unitsInStock: 3, unitsAfter: -2 },
    },
  },
  "not-tracked": {
    cause:
      "The item has no count: its product's type has no inventory, or the product does not track it.",
    cure: "Set `trackInventory` on the product, and give it a type with inventory, if its units are to be counted.",
    example: { detail: "The stock of GIFT-WRAP is not tracked, so it has no count." },
  },
  expired: {
    cause:
      "The order was to be paid until `payBy`, and was not. What it had taken went back to stock.",
    cure: "Refund the payment, or send it with `retake: true`: the order is taken once more if its units can be had.",
    example: { detail: "The order was not paid in time, so it has expired." },
  },
  "wrong-status": {
    cause:
      "What was asked for is not possible in the order's status: for example, to cancel a rejected order.",
    cure: "Read the order, and look at its `status` and its `statusLog`.",
    example: { detail: "Expected a confirmed order; this one is rejected." },
  },
  ...feedProblemPages,
  "stale-version": {
    cause: "The resource was changed since the version that `If-Match` names.",
    cure: "Take the present state from `current`, or read it again, make your change to it, and send it with its new ETag.",
    example: {
      detail: "Somebody else has changed the product meanwhile.",
      extra: { current: { sku: "MUG-1", name: "Big mug" } },
    },
  },
  "precondition-failed": {
    cause:
      "A condition of the request's headers is not met, such as a file that changed since a date.",
    cure: "Send the request without the condition, or read the resource again.",
    example: { detail: "Expected a condition of the headers to hold; it does not." },
  },
  "too-large": {
    cause: "The body has more bytes, or more values, than this address takes.",
    cure: "Send it in parts. /docs names the limit of each address.",
    example: { detail: "Expected a body of at most 1 MB; this one is larger. Send it in parts." },
  },
  "unsupported-media-type": {
    cause: "The body is of another type than JSON in UTF-8, or is compressed in an unknown way.",
    cure: "Send `Content-Type: application/json`, and gzip, deflate, br, zstd or no compression.",
    example: { detail: "Expected Content-Type: application/json; got text/plain." },
  },
  "range-not-satisfiable": {
    cause: "The Range header asks for bytes that the file does not have.",
    cure: "Ask for the whole file.",
    example: { detail: "Expected a range within the file." },
  },
  "validation-failed": {
    cause: "The request was read, but values in it can't be accepted. Nothing of it was done.",
    cure: "Correct each entry of `errors`: `pointer` says where it is, `detail` what was expected and what came.",
    example: {
      detail: "1 thing is wrong with the request's body; see errors.",
      errors: [
        {
          pointer: "/lines/0/quantity",
          detail: "Expected a whole number from 1 to 1,000,000; got 0.",
        },
      ],
    },
  },
  "too-many-requests": {
    cause:
      "This key sends more requests in a second than it may, a login failed too often, or the store wrote as many mails to suppliers as it may in an hour.",
    cure: "Wait as many seconds as Retry-After says. For requests in a second, the RateLimit header says how many are left.",
    example: {
      detail:
        "This key sends more requests than REQUESTS_PER_SECOND_PER_KEY allows. Send the same request again in 1 s.",
    },
  },
  "internal-error": {
    cause: "A fault of the service, which it logged with the request's id.",
    cure: "A read can be repeated. For a change, look whether it was made before you send it again. Tell the operator the `requestId`.",
    example: {
      detail:
        "An unexpected error happened here and was logged. What was asked for may have been done. Look whether it was before you send it again.",
    },
  },
  unavailable: {
    cause: "The service is busy or stopping, or its database or queue store does not answer.",
    cure: "Wait as many seconds as Retry-After says, and send the same request again. The detail says whether something may be stored. A request with a reference or an Idempotency-Key has no second effect.",
    example: {
      detail:
        "The database does not answer just now; nothing was stored. Send the same request again shortly.",
    },
  },
};
