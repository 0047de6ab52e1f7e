// The page of one alert, to which its mails lead.

import { useParams } from "react-router";
import * as z from "zod";
import { LostPage } from "../shell/lost-page.tsx";
import { AlertListPage } from "./alert-list-page.tsx";

/** The page. An address that can't be an alert's is a lost page. */
export function AlertPage() {
  const { id } = useParams();
  return z.uuid().safeParse(id).success ? <AlertListPage /> : <LostPage />;
}
