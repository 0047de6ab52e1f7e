// The notice above the current page that says why another page could not be opened.

import { Box } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useNavigate } from "react-router";
import { parts } from "../words/en/parts.ts";
import { useFailedVisit } from "./failed-visit.ts";
import { PartFailure } from "./part-failure.tsx";

/** The notice; nothing if no visit has failed. */
export function FailedVisitNotice() {
  const failed = useFailedVisit();
  const navigate = useNavigate();
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The link may be far down a long page.
    if (failed !== null) notice.current?.scrollIntoView({ block: "center" });
  }, [failed]);
  if (failed === null) return null;
  const { address, fault } = failed;
  return (
    <Box ref={notice} mb="lg">
      <PartFailure
        fault={fault}
        what={parts.thePage}
        onRetry={() => void navigate(address.replace(/^\/admin/, ""))}
        onReload={() => window.location.assign(address)}
      />
    </Box>
  );
}
