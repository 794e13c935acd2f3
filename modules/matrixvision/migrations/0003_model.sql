-- Detectors of users: what a camera may be set to beside the bundled ones.
create table matrixvision_model (
  id uuid primary key,
  site_id uuid not null,
  name text not null,
  created_at timestamptz not null,
  removed_at timestamptz
);
create unique index matrixvision_model_name on matrixvision_model (site_id, name) where removed_at is null;

-- Every version whole and never changed: cameras and evidence name it by `sha256`.
create table matrixvision_model_version (
  model_id uuid not null references matrixvision_model (id),
  version integer not null check (version >= 1),
  -- Of the card's file, which names the hash of the network: so it stands for both.
  sha256 text not null,
  -- Of the ONNX file.
  network text not null,
  bytes bigint not null,
  file_name text not null,
  card jsonb not null,
  -- Inputs and outputs of the network, as they were found when it was checked.
  ports jsonb not null,
  created_at timestamptz not null,
  actor_id text not null,
  actor_name text not null,
  primary key (model_id, version)
);
create unique index matrixvision_model_version_hash on matrixvision_model_version (model_id, sha256);

-- Which network found what the event is about: name, version, hash, and what it ran on. Null: found before this was kept.
alter table matrixvision_event add column detector jsonb;
