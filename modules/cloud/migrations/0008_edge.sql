-- Boxes beside cameras and stations. `secret_hash` is of the box's long-lived token, `code_hash` of the one-time code it is
-- to be exchanged for. `held`: what is changed for it waits for a rollout. `report` is the last one, without documents.
create table cloud_edge_box (
  id uuid primary key,
  site_id uuid not null references cloud_node (id),
  name text not null,
  secret_hash text,
  code_hash text,
  code_expires_at timestamptz,
  held boolean not null default false,
  desired_revision integer not null default 0,
  report jsonb,
  reported_at timestamptz,
  contact_at timestamptz,
  created_at timestamptz not null,
  enrolled_at timestamptz,
  removed_at timestamptz
);
create unique index cloud_edge_box_name on cloud_edge_box (site_id, lower(name)) where removed_at is null;
create unique index cloud_edge_box_secret on cloud_edge_box (secret_hash);
create unique index cloud_edge_box_code on cloud_edge_box (code_hash);

-- Every desired state a box ever had. The revision only rises: a state that comes back is a new one.
create table cloud_edge_desired (
  box_id uuid not null references cloud_edge_box (id),
  revision integer not null,
  parts jsonb not null,
  hash text not null,
  reason text not null check (reason in ('change', 'rollout', 'rollback')),
  rollout_id uuid,
  actor_name text not null,
  at timestamptz not null,
  primary key (box_id, revision)
);

-- What a box says of each of its parts. `since` is by its own clock.
create table cloud_edge_reported (
  box_id uuid not null references cloud_edge_box (id),
  part text not null,
  revision integer not null,
  since timestamptz,
  document jsonb,
  document_hash text not null,
  error jsonb,
  figures jsonb not null,
  at timestamptz not null,
  primary key (box_id, part)
);

-- `applied` is the last sequence whose effect is committed, in the same transaction.
create table cloud_edge_stream (
  box_id uuid not null references cloud_edge_box (id),
  stream uuid not null,
  applied bigint not null default 0,
  received bigint not null default 0,
  duplicate bigint not null default 0,
  late bigint not null default 0,
  at timestamptz not null,
  primary key (box_id, stream)
);

-- Sequences that will never come, and why.
create table cloud_edge_hole (
  box_id uuid not null references cloud_edge_box (id),
  stream uuid not null,
  first bigint not null,
  last bigint not null,
  reason text not null check (reason in ('disk-budget', 'damaged', 'forgotten')),
  part text,
  kind text,
  time timestamptz,
  at timestamptz not null,
  primary key (box_id, stream, first)
);

-- Messages that no part would take: kept whole until a person has them tried again or lets them go.
create table cloud_edge_aside (
  id uuid primary key,
  box_id uuid not null references cloud_edge_box (id),
  part text not null,
  kind text not null,
  message jsonb not null,
  code text not null,
  reason text not null,
  at timestamptz not null,
  settled_at timestamptz,
  settled_by text,
  settled_how text check (settled_how in ('taken', 'dismissed'))
);
create index cloud_edge_aside_box on cloud_edge_aside (box_id) where settled_at is null;

-- Files a box has sent. Only what it has sent itself may be named in its messages.
create table cloud_edge_blob (
  box_id uuid not null references cloud_edge_box (id),
  sha256 text not null,
  bytes bigint not null,
  at timestamptz not null,
  primary key (box_id, sha256)
);

create table cloud_edge_command (
  id uuid primary key,
  box_id uuid not null references cloud_edge_box (id),
  kind text not null check (kind in ('restart', 'log')),
  level text,
  lines integer,
  actor_name text not null,
  at timestamptz not null,
  done_at timestamptz,
  ok boolean,
  result jsonb
);
create index cloud_edge_command_box on cloud_edge_command (box_id, at);

-- A new desired state brought to boxes in stages. `settings`: see the schema of a rollout.
create table cloud_edge_rollout (
  id uuid primary key,
  name text not null,
  state text not null check (state in ('running', 'paused', 'done', 'failed', 'rolled-back')),
  stage integer not null,
  stages integer not null,
  settings jsonb not null,
  actor_name text not null,
  at timestamptz not null,
  ended_at timestamptz,
  reason jsonb
);

create table cloud_edge_rollout_box (
  rollout_id uuid not null references cloud_edge_rollout (id),
  box_id uuid not null references cloud_edge_box (id),
  stage integer not null,
  state text not null check (state in ('waiting', 'sent', 'healthy', 'failed', 'unchanged', 'away', 'rolled-back')),
  from_revision integer,
  to_revision integer,
  sent_at timestamptz,
  healthy_since timestamptz,
  reason jsonb,
  primary key (rollout_id, box_id)
);
