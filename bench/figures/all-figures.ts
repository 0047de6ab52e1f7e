// The figures in the order in which they are measured and shown.

import type { Figure } from "../support/figure.ts";
import { apartFigures } from "./apart.ts";
import { besideCountsFigure, countsFigure, productsFigure } from "./bulk.ts";
import { drainFigure } from "./drain.ts";
import { embeddedFigure } from "./embedded.ts";
import { growthFigure } from "./growth.ts";
import { hotFigure } from "./hot.ts";
import { intakeFigure } from "./intake.ts";
import { togetherFigure } from "./together.ts";
import { followedFigure, throughFigure } from "./through.ts";
import { waitFigure } from "./wait.ts";
import { overloadBulkFigure, overloadFigure } from "./overload.ts";
import { readsFigure } from "./reads.ts";
import { memoryFigure } from "./memory.ts";
import { meanwhileFigure } from "./meanwhile.ts";
import { scaleFigure } from "./scale.ts";
import { serveFigure } from "./serve.ts";
import { singleFigure, singleHotFigure } from "./single.ts";
import { wideFigure } from "./wide.ts";

export const allFigures: readonly Figure[] = [
  drainFigure,
  togetherFigure,
  hotFigure,
  wideFigure,
  intakeFigure,
  throughFigure,
  followedFigure,
  waitFigure,
  singleFigure,
  singleHotFigure,
  embeddedFigure,
  growthFigure,
  scaleFigure,
  ...apartFigures,
  memoryFigure,
  readsFigure,
  countsFigure,
  besideCountsFigure,
  productsFigure,
  serveFigure,
  meanwhileFigure,
  overloadFigure,
  overloadBulkFigure,
];
