// Makes the names of API keys unique, and gives idempotency keys to a key or a person instead of a name.

import { Migration } from "@mikro-orm/migrations";

/**
 * If keys that are not revoked share a name, all but the oldest get their prefix added to it. Then idempotency keys of
 * a name become those of the key or person with that name. If several keys had the name, each gets them, so that no
 * repeated request has its effect twice.
 */
export class TellKeysApart extends Migration {
  override up(): void {
    // A busy store has a week of idempotency keys, which may take longer than the limit of a statement.
    this.addSql("set local statement_timeout = 0");
    this.addSql(claimants);
    this.addSql(names);
    this.addSql(
      "create unique index api_key_name on api_key (lower(name)) where revoked_at is null",
    );
  }
}

const claimants = /* sql */ `
  with claimant as (
    select 'key:' || name as label, 'key:' || id as claimant from api_key
    union all
    select 'user:' || email, 'user:' || id from admin_user
  ), moved as (
    delete from idempotent_request r using (select distinct label from claimant) known
    where r.actor = known.label
    returning r.*
  )
  insert into idempotent_request (actor, key, fingerprint, response, at)
  select c.claimant, m.key, m.fingerprint, m.response, m.at
  from moved m join claimant c on c.label = m.actor
  on conflict do nothing`;

const names = /* sql */ `
  do $$
  declare
    double record;
    candidate text;
  begin
    for double in
      select id, name, prefix from (
        select *, row_number() over (partition by lower(name) order by created_at, id) as place
        from api_key where revoked_at is null
      ) living
      where place > 1 order by created_at, id
    loop
      candidate := double.name || ' (' || double.prefix || ')';
      while exists (
        select from api_key where lower(name) = lower(candidate) and revoked_at is null
      ) loop
        candidate := candidate || '+';
      end loop;
      update api_key set name = candidate where id = double.id;
    end loop;
  end $$`;
