-- What is watched: a stream, or a file that plays as a camera. `settings` is checked by the schema of cameras/schemas.ts;
-- passwords are in it and are never shown.
create table matrixvision_camera (
  id uuid primary key,
  site_id uuid not null,
  asset_id uuid,
  -- The edge box that runs it; null: this server.
  box_id uuid,
  name text not null,
  enabled boolean not null,
  settings jsonb not null,
  created_at timestamptz not null,
  removed_at timestamptz
);
create unique index matrixvision_camera_name on matrixvision_camera (site_id, name) where removed_at is null;

-- The rules of a camera, every version whole: an event says by which version it was found, and a version is never changed.
create table matrixvision_rule_set (
  camera_id uuid not null references matrixvision_camera (id),
  version integer not null check (version >= 1),
  rules jsonb not null,
  created_at timestamptz not null,
  actor_id text not null,
  actor_name text not null,
  primary key (camera_id, version)
);

-- What was followed, in the binary coding of tracks/, a blob a minute of a camera. `run_id` is one run of the tracker:
-- numbers of tracks mean the same thing only within a run.
create table matrixvision_track_chunk (
  camera_id uuid not null references matrixvision_camera (id),
  run_id uuid not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  blob text not null,
  bytes integer not null,
  observations integer not null,
  tracks integer not null,
  rule_version integer not null,
  primary key (camera_id, run_id, from_at)
);
create index matrixvision_track_chunk_time on matrixvision_track_chunk (camera_id, from_at);

-- What a rule asked attention for.
create table matrixvision_event (
  id uuid primary key,
  camera_id uuid not null references matrixvision_camera (id),
  site_id uuid not null,
  rule_id text not null,
  rule_name text not null,
  rule_version integer not null,
  kind text not null,
  severity text not null check (severity in ('info', 'warning', 'alarm', 'critical')),
  at timestamptz not null,
  received_at timestamptz not null,
  run_id uuid not null,
  tracks jsonb not null,
  label text,
  -- Figures of the kind of rule, the place, and since when it was so.
  details jsonb not null,
  -- Why it should be looked at before it is believed; empty: nothing speaks against it.
  doubts jsonb not null,
  picture text,
  -- The same with people covered, for those who may not know them; null where the camera covers nobody.
  picture_covered text,
  clip text,
  clip_covered text,
  -- pending: still being recorded; none: with the reason in clip_reason, the code of an error or recording-off.
  clip_state text not null check (clip_state in ('pending', 'ready', 'none')),
  clip_reason text,
  clip_from timestamptz,
  clip_to timestamptz,
  finding_id uuid,
  -- Why there is no finding and will be none.
  proof_missing text,
  state text not null check (state in ('open', 'confirmed', 'rejected')),
  reviewed_at timestamptz,
  reviewed_by text,
  review_note text
);
create index matrixvision_event_time on matrixvision_event (at, id);
create index matrixvision_event_camera on matrixvision_event (camera_id, at);
create index matrixvision_event_unproven on matrixvision_event (camera_id, at) where finding_id is null and proof_missing is null;

-- Each crossing of a line: the count is the number of these rows, so that every one of it can be looked at.
create table matrixvision_crossing (
  id uuid primary key,
  camera_id uuid not null references matrixvision_camera (id),
  rule_id text not null,
  rule_version integer not null,
  at timestamptz not null,
  received_at timestamptz not null,
  run_id uuid not null,
  track bigint not null,
  label text not null,
  direction text not null check (direction in ('in', 'out')),
  -- Confirmed when there is no doubt.
  confirmed boolean not null,
  doubts jsonb not null,
  -- The two positions with their times, in fractions of the picture.
  before jsonb not null,
  after jsonb not null,
  picture text,
  picture_covered text
);
create index matrixvision_crossing_rule on matrixvision_crossing (camera_id, rule_id, at);
