// Every endpoint of the administration.

import { adminGroupEndpoints } from "./access/admin-group-endpoints.ts";
import { adminUserEndpoints } from "./access/admin-user-endpoints.ts";
import { createAfterAccessChange } from "./access/after-access-change.ts";
import { apiKeyEndpoints } from "./access/api-key-endpoints.ts";
import type { Authenticator } from "./auth/authenticator.ts";
import type { ApiContext } from "./context.ts";
import type { Endpoint } from "./http/endpoint.ts";
import { mailEndpoints } from "./mails/mail-endpoints.ts";
import { storeEndpoints } from "./store/store-endpoints.ts";
import { templateEndpoints } from "./templates/template-endpoints.ts";
import { tryTemplateEndpoints } from "./templates/try-template-endpoints.ts";

/** Groups, people, keys, templates, mails and settings. `auth` is told of what changes. */
export function adminEndpoints(context: ApiContext, auth: Authenticator): Endpoint[] {
  const after = createAfterAccessChange(context, auth);
  return [
    ...adminGroupEndpoints(context, after),
    ...adminUserEndpoints(context, after),
    ...apiKeyEndpoints(context, after),
    ...templateEndpoints(context),
    ...tryTemplateEndpoints(context),
    ...mailEndpoints(context),
    ...storeEndpoints(context),
  ];
}
