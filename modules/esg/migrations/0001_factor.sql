-- One row a version of an emission factor. `content` is text, not jsonb: the hash covers these exact characters. What took
-- a factor's place is the row that names it under `supersedes`, so that no row is ever changed.
create table esg_factor (
  id text not null,
  version integer not null check (version >= 1),
  content text not null,
  sha256 text not null,
  supersedes text,
  reason text,
  created_at timestamptz not null,
  actor_id text not null,
  actor_name text not null,
  primary key (id, version)
);
create unique index esg_factor_supersedes on esg_factor (supersedes) where supersedes is not null;

create function esg_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are never changed or removed: supersede or correct instead', tg_table_name using errcode = '23001';
end $$;
create trigger esg_factor_fixed before update or delete on esg_factor for each row execute function esg_refuse_change();
create trigger esg_factor_kept before truncate on esg_factor for each statement execute function esg_refuse_change();
