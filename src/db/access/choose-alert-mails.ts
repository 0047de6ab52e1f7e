// Stores how a person is told of alerts on behalf of somebody else: a change of access, since it can silence the person.

import type { MikroORM } from "@mikro-orm/postgresql";
import { type ChoiceOutcome, saveChoice, type WantedAlertMails } from "../alerts/alert-mails.ts";
import { retryTransaction } from "../sql/retry-transaction.ts";
import { sqlWithin } from "../sql/sql.ts";
import { permissionsOf, personOf, requireAdminUser, viewAdminUser } from "./admin-user-view.ts";
import { changeAccess, refuseBeyond } from "./change-access.ts";
import type { Granter } from "./granter.ts";

/** Who chooses for whom. `by` names the granter. */
export type ChoiceForOther = {
  readonly id: string;
  readonly granter: Granter;
  readonly by: string;
};

/** Stores the choice. Throws `Refused` if there is no such person, or they may do more than the granter. */
export function chooseAlertMails(
  orm: MikroORM,
  { id, granter, by }: ChoiceForOther,
  wanted: WantedAlertMails,
): Promise<ChoiceOutcome> {
  return retryTransaction(() =>
    changeAccess(orm, granter, async (em, may) => {
      const user = await requireAdminUser(em, id);
      refuseBeyond(may, permissionsOf(user));
      const person = { userId: id, email: user.email };
      const subject = personOf(viewAdminUser(user));
      return saveChoice(sqlWithin(em), person, wanted, { by, subject });
    }),
  );
}
