-- Pictures of one kind of part, with what people said of them.
create table manuvision_dataset (
  id uuid primary key,
  site_id uuid not null,
  name text not null,
  created_at timestamptz not null,
  removed_at timestamptz
);
create unique index manuvision_dataset_name on manuvision_dataset (site_id, name) where removed_at is null;

-- What is removed stays, since inspections were trained with it.
create table manuvision_picture (
  id uuid primary key,
  dataset_id uuid not null references manuvision_dataset (id),
  -- The file as it came.
  hash text not null,
  file_name text not null,
  width integer not null check (width >= 1),
  height integer not null check (height >= 1),
  label text not null check (label in ('good', 'defect')),
  -- Of a defect.
  class_name text,
  -- Part or lot: pictures of one are never parted by a split.
  grouping text not null,
  created_at timestamptz not null,
  actor_id text not null,
  actor_name text not null,
  removed_at timestamptz,
  check ((label = 'defect') = (class_name is not null))
);
create unique index manuvision_picture_hash on manuvision_picture (dataset_id, hash) where removed_at is null;

-- How parts are judged: a kind of inspection that learns from a data set.
create table manuvision_inspection (
  id uuid primary key,
  site_id uuid not null,
  dataset_id uuid not null references manuvision_dataset (id),
  name text not null,
  kind text not null,
  -- False rejects per 1,000 good parts that are promised at most.
  promise double precision not null check (promise > 0 and promise < 1000),
  seed integer not null,
  created_at timestamptz not null,
  removed_at timestamptz
);
create unique index manuvision_inspection_name on manuvision_inspection (site_id, name) where removed_at is null;

-- What was trained, every version whole; it never changes.
create table manuvision_version (
  inspection_id uuid not null references manuvision_inspection (id),
  version integer not null check (version >= 1),
  -- SHA-256 of the one file.
  model text not null,
  threshold double precision,
  -- The answer of the training: pictures, seconds, promise, parity.
  result jsonb not null,
  finding_id uuid not null,
  created_at timestamptz not null,
  actor_id text not null,
  actor_name text not null,
  primary key (inspection_id, version)
);

-- Where parts are judged.
create table manuvision_station (
  id uuid primary key,
  site_id uuid not null,
  name text not null,
  inspection_id uuid not null references manuvision_inspection (id),
  version integer not null,
  -- Pictures that come into this folder are judged; null: they are only sent by HTTP.
  folder text,
  -- Share of passed pictures that are kept, 0 to 1; all others always are.
  keep_passed double precision not null check (keep_passed between 0 and 1),
  created_at timestamptz not null,
  removed_at timestamptz,
  foreign key (inspection_id, version) references manuvision_version (inspection_id, version)
);
create unique index manuvision_station_name on manuvision_station (site_id, name) where removed_at is null;

-- Files of watched folders that were judged, until they are taken away there.
create table manuvision_watched_file (
  station_id uuid not null references manuvision_station (id),
  name text not null,
  -- Of the last change, milliseconds since 1970, and bytes: a file that is written anew is a new part.
  changed_at double precision not null,
  bytes double precision not null,
  primary key (station_id, name, changed_at, bytes)
);

create table manuvision_verdict (
  id uuid primary key,
  station_id uuid not null references manuvision_station (id),
  at timestamptz not null,
  file_name text not null,
  picture text not null,
  -- Whether the picture was kept: without it the verdict cannot be proved again.
  kept boolean not null,
  version integer not null,
  threshold double precision,
  score double precision,
  verdict text not null check (verdict in ('ok', 'ng', 'refused')),
  class_name text,
  value text,
  boxes jsonb not null,
  -- PNG of the heat map over the picture; null: there is none.
  heatmap text,
  milliseconds double precision not null,
  -- Null: the picture was not kept, or it could not be judged.
  finding_id uuid,
  -- Code of the error, of what could not be judged.
  error text,
  reviewed text check (reviewed in ('ok', 'ng')),
  reviewed_at timestamptz,
  reviewed_by text
);
create index manuvision_verdict_time on manuvision_verdict (station_id, at, id);
