-- One row a version of a tariff. `content` is text, not jsonb: the hash covers these exact characters. A later sequence of
-- the same id supersedes the earlier ones, so that no row is ever changed and old bills stay provable.
create table energy_tariff (
  id text not null,
  version text not null,
  sequence integer not null check (sequence >= 1),
  name text not null,
  content text not null,
  sha256 text not null,
  created_at timestamptz not null,
  actor_id text not null,
  actor_name text not null,
  primary key (id, version)
);
create unique index energy_tariff_sequence on energy_tariff (id, sequence);

create function energy_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are never changed or removed: add a new version instead', tg_table_name using errcode = '23001';
end $$;
create trigger energy_tariff_fixed before update or delete on energy_tariff for each row execute function energy_refuse_change();
create trigger energy_tariff_kept before truncate on energy_tariff for each statement execute function energy_refuse_change();

-- Which tariff a site, or one source of it, is billed by from a local date on, until another one begins. Of two that
-- begin on the same date the later one counts.
create table energy_tariff_assignment (
  id uuid primary key,
  site_id uuid not null,
  source_id uuid,
  tariff_id text not null,
  tariff_version text not null,
  -- A local date of the site, YYYY-MM-DD, which as an instant it would not stay.
  valid_from text not null check (valid_from ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
  -- Installed transformers, for tariffs that bill capacity.
  transformer_kva double precision,
  created_at timestamptz not null,
  actor_id text not null,
  actor_name text not null,
  withdrawn_at timestamptz,
  withdrawn_by text,
  foreign key (tariff_id, tariff_version) references energy_tariff (id, version)
);
create index energy_tariff_assignment_site on energy_tariff_assignment (site_id, valid_from);
