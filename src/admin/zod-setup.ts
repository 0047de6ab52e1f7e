// Configures zod before any schema is made: without `eval`, which the content security policy forbids.

import * as z from "zod";

z.config({ jitless: true });
