-- The plant as ISA-95 sees it, in one tree: site > area > line > asset. Renaming or moving a node changes this row only,
-- everything measured hangs on ids, so history stays.
create table cloud_node (
  id uuid primary key,
  kind text not null check (kind in ('site', 'area', 'line', 'asset')),
  parent_id uuid references cloud_node (id),
  site_id uuid not null references cloud_node (id),
  name text not null,
  -- Only sites: IANA time zone of days, shifts and tariffs; floor area for intensities; grid region for emission factors.
  timezone text,
  floor_area_m2 double precision,
  region text,
  description text not null default '',
  created_at timestamptz not null,
  deleted_at timestamptz,
  check ((kind = 'site') = (parent_id is null)),
  check ((kind = 'site') = (timezone is not null))
);
create unique index cloud_node_name on cloud_node (coalesce(parent_id, '00000000-0000-0000-0000-000000000000'), lower(name)) where deleted_at is null;
create index cloud_node_site on cloud_node (site_id);

create table cloud_source (
  id uuid primary key,
  site_id uuid not null references cloud_node (id),
  name text not null,
  kind text not null,
  config jsonb not null default '{}',
  enabled boolean not null default true,
  created_at timestamptz not null,
  deleted_at timestamptz
);
create unique index cloud_source_name on cloud_source (site_id, lower(name)) where deleted_at is null;

-- `number` is what measurements carry: four bytes a row instead of sixteen.
create table cloud_point (
  id uuid primary key,
  number integer generated always as identity unique,
  source_id uuid not null references cloud_source (id),
  node_id uuid not null references cloud_node (id),
  key text not null,
  name text not null,
  unit text not null,
  kind text not null check (kind in ('gauge', 'delta', 'counter')),
  stamp text not null default 'end' check (stamp in ('start', 'end')),
  interval_seconds double precision,
  carrier text,
  quantity text,
  minimum double precision,
  maximum double precision,
  register_maximum double precision,
  retention_days integer,
  main_meter boolean not null default false,
  created_at timestamptz not null,
  deleted_at timestamptz
);
create unique index cloud_point_key on cloud_point (source_id, key);
create index cloud_point_node on cloud_point (node_id);
