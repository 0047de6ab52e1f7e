// The page of one alert, to which its mails lead: the alert, who sees to it, and who is told.

import { useParams } from "react-router";
import * as z from "zod";
import { AlertCare } from "./alert-care.tsx";
import { AlertReaders } from "./alert-readers.tsx";
import { LostPage } from "../shell/lost-page.tsx";
import { AlertListPage } from "./alert-list-page.tsx";

/** The page. An address that can't be an alert's is a lost page. */
export function AlertPage() {
  const { id } = useParams();
  if (id === undefined || !z.uuid().safeParse(id).success) return <LostPage />;
  return (
    <AlertListPage>
      {([alert]) =>
        alert !== undefined && (
          <>
            <AlertCare alert={alert} />
            <AlertReaders id={alert.id} />
          </>
        )
      }
    </AlertListPage>
  );
}
