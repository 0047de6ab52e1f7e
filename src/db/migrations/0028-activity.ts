// The record of what people, keys and commands did, and the count of their sign-ins.

import { Migration } from "@mikro-orm/migrations";

/** Adds both tables, empty. What was done before is not in the record. */
export class Activity extends Migration {
  override up(): void {
    this.addSql(/* sql */ `
      create table act (
        id bigserial primary key,
        at timestamptz not null default clock_timestamp(),
        area text not null,
        kind text not null,
        actor_kind text not null check (actor_kind in ('user', 'key', 'command', 'service', 'stranger')),
        actor_id uuid,
        actor text not null,
        actor_name text not null,
        subject_id text not null,
        subject_name text not null,
        before json,
        after json,
        request_id text,
        constraint act_of_its_area check (area = split_part(kind, '.', 1))
      )`);
    this.addSql("create index act_at on act (at, id)");
    this.addSql("create index act_of_actor on act (actor, at, id)");
    this.addSql("create index act_of_area on act (area, at, id)");
    this.addSql("create index act_of_subject on act (subject_id, at, id)");
    this.addSql(appendOnly);
    this.addSql(/* sql */ `
      create table sign_in_tally (
        kind text not null,
        account text not null,
        since timestamptz not null default clock_timestamp(),
        times bigint not null check (times > 0),
        primary key (kind, account)
      )`);
  }
}

const appendOnly = /* sql */ `
  create function refuse_change_of_act() returns trigger language plpgsql as $$
  begin
    raise exception 'The record of activity is immutable: an entry is never changed or deleted.'
      using errcode = 'restrict_violation';
  end $$;
  create trigger act_immutable before update or delete on act
    for each row execute function refuse_change_of_act();
  create trigger act_not_truncated before truncate on act
    for each statement execute function refuse_change_of_act();
`;
