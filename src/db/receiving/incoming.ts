// Says in SQL what is on its way for a stock holder. Reads of availability ask this, so it costs a store that expects
// nothing one look at an empty index for a whole statement.

/** Units on their way for a holder. `nextAt` is the earliest date of the deliveries, as PostgreSQL writes it in JSON. */
export type StoredIncoming = { readonly units: number; readonly nextAt: string };

/**
 * An expression: what is on its way for the holder, as a JSON object, or null if nothing is. `level` is the name of a
 * `stock_level` row in the statement. Units that are expected for a variant without stock of its own are its product's.
 */
export const incomingOf = (level: string): string => /* sql */ `
  case when exists (select from expected_delivery_line where incoming > 0) then (
    select json_build_object('units', sum(due.incoming), 'nextAt', min(delivery.expected_at))
    from stock_level drawing
      join expected_delivery_line due on due.sku = drawing.sku and due.incoming > 0
      join expected_delivery delivery on delivery.id = due.delivery_id
    where drawing.product_id = ${level}.product_id and not drawing.retired
      and coalesce(drawing.defers_to, drawing.id) = ${level}.id
    having sum(due.incoming) > 0) end`;
