-- What was used, as someone entered or imported it. The statement itself (`content`) is never changed: a correction is a row
-- that names the one it takes the place of, and only the mark that a row was withdrawn is written later.
create table esg_activity (
  id uuid primary key,
  site_id uuid,
  year integer not null,
  kind text not null,
  content text not null,
  sha256 text not null,
  corrects uuid references esg_activity (id),
  import_hash text,
  created_at timestamptz not null,
  actor_id text not null,
  actor_name text not null,
  withdrawn_at timestamptz,
  withdrawn_by text,
  withdrawn_reason text
);
create index esg_activity_year on esg_activity (year, site_id);
create unique index esg_activity_corrects on esg_activity (corrects) where corrects is not null;
create trigger esg_activity_fixed before update of id, site_id, year, kind, content, sha256, corrects, import_hash, created_at, actor_id, actor_name
  on esg_activity for each row execute function esg_refuse_change();
create trigger esg_activity_kept before delete on esg_activity for each row execute function esg_refuse_change();
create trigger esg_activity_whole before truncate on esg_activity for each statement execute function esg_refuse_change();

-- Contractual instruments of the market-based method. One that was withdrawn may be registered again, with its document.
create table esg_certificate (
  id uuid primary key,
  site_id uuid,
  year integer not null,
  registry text not null,
  certificate text not null,
  content text not null,
  sha256 text not null,
  created_at timestamptz not null,
  actor_id text not null,
  actor_name text not null,
  withdrawn_at timestamptz,
  withdrawn_by text,
  withdrawn_reason text
);
create unique index esg_certificate_once on esg_certificate (registry, certificate) where withdrawn_at is null;
create trigger esg_certificate_fixed before update of id, site_id, year, registry, certificate, content, sha256, created_at, actor_id, actor_name
  on esg_certificate for each row execute function esg_refuse_change();
create trigger esg_certificate_kept before delete on esg_certificate for each row execute function esg_refuse_change();
create trigger esg_certificate_whole before truncate on esg_certificate for each statement execute function esg_refuse_change();
