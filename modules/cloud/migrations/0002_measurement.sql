-- One row a reading, idempotent on (point, time). Columns are ordered so that no padding is stored.
create table cloud_measurement (
  time timestamptz not null,
  value double precision not null,
  point integer not null,
  quality smallint not null,
  primary key (point, time)
);
-- if timescale: select create_hypertable('cloud_measurement', 'time', chunk_time_interval => interval '7 days');

-- Rollups by hour and by local day of the site. `bucket` is the start; `increase` is what a counter rose by.
create table cloud_rollup (
  bucket timestamptz not null,
  first_time timestamptz not null,
  last_time timestamptz not null,
  first_value double precision not null,
  last_value double precision not null,
  minimum double precision not null,
  maximum double precision not null,
  total double precision not null,
  increase double precision not null,
  point integer not null,
  count integer not null,
  bad integer not null,
  resolution char(1) not null check (resolution in ('h', 'd')),
  primary key (resolution, point, bucket)
);

-- Hours that hold readings whose rollups are not written yet: written with the readings, removed with the rollups, so
-- that a killed server knows at its next start what to recompute.
create table cloud_rollup_pending (
  point integer not null,
  from_time timestamptz not null,
  to_time timestamptz not null
);
create index cloud_rollup_pending_point on cloud_rollup_pending (point);

-- The delivery ledger: what came, by source and hour of the reading.
create table cloud_delivery (
  source_id uuid not null references cloud_source (id),
  hour timestamptz not null,
  received bigint not null default 0,
  stored bigint not null default 0,
  duplicate bigint not null default 0,
  rejected bigint not null default 0,
  late bigint not null default 0,
  early bigint not null default 0,
  out_of_order bigint not null default 0,
  historical bigint not null default 0,
  primary key (source_id, hour)
);

-- What was not stored, with what arrived.
create table cloud_rejection (
  id uuid primary key,
  source_id uuid not null references cloud_source (id),
  at timestamptz not null,
  code text not null,
  reason text not null,
  key text,
  time timestamptz,
  row integer,
  raw text,
  import_id uuid
);
create index cloud_rejection_source on cloud_rejection (source_id, at desc);

create table cloud_import (
  id uuid primary key,
  source_id uuid not null references cloud_source (id),
  site_id uuid not null,
  file_name text not null,
  file_hash text not null,
  file_size bigint not null,
  mapping jsonb not null,
  at timestamptz not null,
  actor_name text not null,
  result jsonb,
  finding_id uuid
);
create index cloud_import_at on cloud_import (at desc);

-- Mappings that a person confirmed, by header, offered the next time.
create table cloud_mapping (
  signature text primary key,
  mapping jsonb not null,
  used_at timestamptz not null
);

-- Clients the embedded broker lets in.
create table cloud_broker_client (
  username text primary key,
  secret_hash text not null,
  publish text[] not null,
  subscribe text[] not null,
  source_id uuid references cloud_source (id),
  created_at timestamptz not null,
  revoked_at timestamptz
);
