// The page behind the link in mails about alerts: it switches off one person's mails, without a login. A GET changes
// nothing, because mail scanners follow links. Mail programs send the POST by themselves (RFC 8058).

import { type Request, Router } from "express";
import * as z from "zod";
import { readLinkedPerson, switchMailsOff } from "../../db/alerts/switch-off.ts";
import { isSigned, unsubscribePath } from "../../emails/delivery/unsubscribe-link.ts";
import type { ApiContext } from "../context.ts";
import { Problem } from "../http/problem.ts";
import { endUnreadBody } from "../http/unread-body.ts";
import { sendSwitchedOffPage, sendSwitchOffPage } from "../login/login-page.ts";

const pathSchema = z.object({ person: z.uuid(), signature: z.string().max(100) });

/** The route. Mount it at the root. */
export function unsubscribeRouter({ pool, log }: ApiContext): Router {
  const router = Router({ caseSensitive: true });
  /** The person that a link names. Throws a 404 problem if its signature is not theirs. */
  const personOf = async (request: Request) => {
    const { data: path } = pathSchema.safeParse(request.params);
    const person = path && (await readLinkedPerson(pool, path.person));
    if (path && person && isSigned(path.person, path.signature, person.linkKey)) {
      return { id: path.person, ...person };
    }
    throw new Problem(
      "not-found",
      "Expected a link from a mail about low stock; this is none, or its account is gone. Log in to choose how you are told.",
    );
  };
  router
    .route(`${unsubscribePath}/:person/:signature`)
    .get(async (request, response) => {
      sendSwitchOffPage(response, await personOf(request));
    })
    .post(async (request, response) => {
      const person = await personOf(request);
      endUnreadBody(request, response);
      await switchMailsOff(pool, person.id);
      log.info(
        { account: person.email },
        "mails about alerts were switched off by a link in a mail",
      );
      sendSwitchedOffPage(response, person);
    });
  return router;
}
