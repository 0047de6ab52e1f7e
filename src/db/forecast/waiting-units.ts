// Says in SQL how many promised units wait for a stock holder. A store without pre-orders pays one look at an empty index.

/**
 * An expression: the promised units of confirmed orders that wait for the holder. `level` is the name of a `stock_level`
 * row in the statement. Promises follow their SKU, so those of an item that was deleted and made again are counted.
 */
export const waitingUnitsOf = (level: string): string => /* sql */ `
  case when exists (select from order_line where pre_ordered > 0) then coalesce((
    select sum(waiting.pre_ordered)
    from stock_level drawing
      join stock_level named on named.sku = drawing.sku
      join order_line waiting on waiting.item_id = named.id and waiting.pre_ordered > 0
      join "order" o on o.id = waiting.order_id and o.status = 'confirmed'
    where drawing.product_id = ${level}.product_id and not drawing.retired
      and coalesce(drawing.defers_to, drawing.id) = ${level}.id), 0)::float8 else 0 end`;
