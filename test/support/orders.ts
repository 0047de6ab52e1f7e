// What tests of orders read of the API's answers.

import * as z from "zod";
import type { Answer } from "./service.ts";

const accepted = z.looseObject({ id: z.uuid(), reference: z.string(), status: z.string() });

const order = z.looseObject({
  id: z.uuid(),
  reference: z.string(),
  status: z.string(),
  lines: z.array(
    z.looseObject({
      sku: z.string(),
      quantity: z.int(),
      allocated: z.int(),
      preOrdered: z.int(),
      restocked: z.int(),
    }),
  ),
  statusLog: z.array(
    z.looseObject({ status: z.string(), actor: z.string(), note: z.string().nullable() }),
  ),
});

const problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.array(z.looseObject({ pointer: z.string(), detail: z.string() })).optional(),
});

/** The short answer to a new order. */
export const readAccepted = (answer: Answer) => accepted.parse(answer.body);
/** A whole order. */
export const readOrder = (answer: Answer) => order.parse(answer.body);
/** A refusal. */
export const readProblem = (answer: Answer) => problem.parse(answer.body);
