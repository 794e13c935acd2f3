-- A model of the plant: what it says of which node, whatever learnt it. A node left out means the whole site.
create table cloud_model (
  id uuid primary key,
  site_id uuid not null references cloud_node (id),
  node_id uuid references cloud_node (id),
  name text not null,
  family text not null,
  created_at timestamptz not null,
  removed_at timestamptz
);
create unique index cloud_model_name on cloud_model (site_id, lower(name)) where removed_at is null;

-- What was learnt, every version whole: only its stage changes. `artefact` and `data_hash` are SHA-256 of blobs.
create table cloud_model_version (
  model_id uuid not null references cloud_model (id),
  version integer not null check (version >= 1),
  artefact text not null,
  file_name text not null,
  card jsonb not null,
  stage text not null check (stage in ('draft', 'reviewed', 'live', 'retired')),
  -- Runs beside the live one and is listened to by nobody.
  shadow boolean not null default false,
  -- The last change of stage; all of them are in the ledger.
  stage_at timestamptz not null,
  stage_by text not null,
  stage_reason text not null,
  parent_version integer,
  data_hash text,
  experiment_id uuid,
  trial_id uuid,
  finding_id uuid,
  created_at timestamptz not null,
  actor_id text not null,
  actor_name text not null,
  primary key (model_id, version),
  foreign key (model_id, parent_version) references cloud_model_version (model_id, version)
);
create unique index cloud_model_version_live on cloud_model_version (model_id) where stage = 'live';
create unique index cloud_model_version_shadow on cloud_model_version (model_id) where shadow;
create index cloud_model_version_artefact on cloud_model_version (artefact);
