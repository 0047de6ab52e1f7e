// What is wrong with an answer to an attack, whatever was asked.

import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import * as z from "zod";
import type { Outcome } from "./attack.ts";
import type { Described, Operation } from "./described.ts";

const problem = z.looseObject({
  type: z.string().startsWith("/problems/"),
  title: z.string().min(1),
  status: z.int(),
  detail: z.string().min(1),
  errors: z
    .array(z.looseObject({ pointer: z.string(), detail: z.string().min(1) }))
    .min(1)
    .max(100)
    .optional(),
});

/** Words of a stack, of a path of this program, and of a database's own errors. */
const inside =
  /node_modules|\/dist\/|\.[jt]s:\d+|at async |SQLSTATE|syntax error at or near|violates \w+[ -]|duplicate key value|invalid input syntax|invalid byte sequence|unexpected token .* in JSON/i;

/** The most bytes of an answer to a refused request. */
const refusalBytesMax = 100_000;

/** Returns what is wrong with answers; nothing if all is well. */
export function createReplyCheck({ components }: Pick<Described, "components">) {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const validators = new Map<object, ValidateFunction>();
  const validatorOf = (schema: object): ValidateFunction => {
    const made = validators.get(schema) ?? ajv.compile({ ...schema, components });
    validators.set(schema, made);
    return made;
  };

  const inSuccess = ({ attack, got }: Outcome): string[] => {
    const schema = attack.operation.replies[got.status];
    if (schema === undefined) {
      const isText = got.headers["content-type"]?.startsWith("application/json") !== true;
      return isText ? [] : [`a ${got.status} with JSON that is not documented`];
    }
    const validate = validatorOf(schema);
    if (validate(JSON.parse(got.text))) return [];
    return [`not as documented: ${ajv.errorsText(validate.errors)}`];
  };

  return (outcome: Outcome): string[] => {
    const { got } = outcome;
    if (got.status >= 500) return [`a ${got.status}`];
    return got.status < 400 ? inSuccess(outcome) : inRefusal(outcome);
  };
}

function inRefusal({ got: { status, headers, text } }: Outcome): string[] {
  const type = headers["content-type"]?.split(";")[0];
  if (type !== "application/problem+json") return [`a ${status} of the type ${type}`];
  const { data, error } = problem.safeParse(JSON.parse(text));
  if (error !== undefined) return [`no problem: ${z.prettifyError(error)}`];
  return [
    ...(data.status === status ? [] : [`a ${status} that says ${data.status}`]),
    ...(status === 422 && data.errors === undefined ? ["a 422 that names no place"] : []),
    ...(inside.test(text) ? [`the inside of the service: ${inside.exec(text)?.[0]}`] : []),
    ...(text.includes("values that can be stored")
      ? ["a value that only the database refused"]
      : []),
    ...(text.length > refusalBytesMax ? [`a refusal of ${text.length} bytes`] : []),
  ];
}

/** Returns whether the document allows a body; true if it can't tell, because the body is compressed or very long. */
export function createBodyCheck({ components }: Pick<Described, "components">) {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  const validators = new Map<object, ValidateFunction>();
  return ({ body }: Operation, bytes: Buffer): boolean => {
    if (body === undefined || bytes.length > 50_000) return true;
    const validate = validators.get(body) ?? ajv.compile({ ...body, components });
    validators.set(body, validate);
    try {
      return validate(JSON.parse(bytes.toString()));
    } catch {
      return true;
    }
  };
}
