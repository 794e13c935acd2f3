-- Columns of numbers and texts, frozen: the Parquet file lies among the blobs under `hash` and never changes.
create table orion_dataset (
  id uuid primary key,
  site_id uuid not null,
  name text not null,
  hash text not null,
  bytes bigint not null,
  row_count integer not null,
  columns jsonb not null,
  -- Of the first and the last row; null in a table without times.
  first_time timestamptz,
  last_time timestamptz,
  -- What it was frozen from, as it was asked for.
  source jsonb not null,
  finding_id uuid not null,
  created_at timestamptz not null,
  actor_id text not null,
  actor_name text not null,
  removed_at timestamptz
);
create unique index orion_dataset_name on orion_dataset (site_id, lower(name)) where removed_at is null;

-- What is tried on one data set, or what a client (MLflow) logs under one name; those of clients may belong to no site.
create table orion_experiment (
  id uuid primary key,
  site_id uuid,
  name text not null,
  origin text not null check (origin in ('search', 'client')),
  -- Of a search: what is learnt, from what, and how it is tried.
  dataset_id uuid references orion_dataset (id),
  data_hash text,
  family text,
  task jsonb,
  search jsonb,
  folds integer,
  seed integer,
  tags jsonb not null default '{}',
  created_at timestamptz not null,
  updated_at timestamptz not null,
  actor_id text not null,
  actor_name text not null,
  removed_at timestamptz,
  check ((origin = 'search') = (data_hash is not null))
);
create unique index orion_experiment_name on orion_experiment (lower(name)) where removed_at is null;

-- One trial of a search, or one run of a client. While `ended` is null a trial is what its job is.
create table orion_trial (
  id uuid primary key,
  experiment_id uuid not null references orion_experiment (id),
  number integer not null,
  name text not null,
  -- Kind of learner; empty for what a client logs.
  kind text not null,
  -- Settings of the kind, or what the client logged.
  params jsonb not null,
  seed integer,
  job_id uuid,
  ended text check (ended in ('done', 'failed', 'cancelled')),
  started_at timestamptz,
  ended_at timestamptz,
  -- The last value of each figure.
  metrics jsonb not null default '{}',
  folds jsonb,
  artefact text,
  finding_id uuid,
  error jsonb,
  -- Machine and process that did it, and a hash over the code that it ran.
  worker text,
  code_version text,
  seconds double precision,
  tags jsonb not null default '{}',
  created_at timestamptz not null,
  actor_id text not null,
  actor_name text not null,
  removed_at timestamptz,
  unique (experiment_id, number)
);
create index orion_trial_job on orion_trial (job_id);

-- Every value of a figure, in the order it came: learning curves, and what clients log.
create table orion_metric (
  id bigint generated always as identity primary key,
  trial_id uuid not null references orion_trial (id),
  key text not null,
  value double precision not null,
  step bigint not null,
  at timestamptz not null
);
create index orion_metric_key on orion_metric (trial_id, key, id);

-- Files of a trial or a run, by path.
create table orion_trial_file (
  trial_id uuid not null references orion_trial (id),
  path text not null,
  hash text not null,
  bytes bigint not null,
  primary key (trial_id, path)
);
