-- An asset that is watched: which of its points, under which promise. `model_id` is its model in cloud's registry.
create table orion_monitor (
  id uuid primary key,
  site_id uuid not null,
  node_id uuid not null,
  model_id uuid not null,
  name text not null,
  sensors jsonb not null,
  per_week double precision not null,
  created_at timestamptz not null,
  created_by text not null,
  paused_at timestamptz,
  removed_at timestamptz
);
create index orion_monitor_node on orion_monitor (node_id) where removed_at is null;

-- What was learnt; numbered as in the registry. `running` is what normal running said of false alarms and stays; `kept` is the
-- promise as it stands after what people said since. `baseline` is what the inputs and scores were like in training.
create table orion_monitor_version (
  monitor_id uuid not null references orion_monitor (id),
  version integer not null,
  role text not null check (role in ('live', 'shadow', 'retired')),
  artefact text not null,
  method text not null,
  step_ms double precision not null,
  hold_ms double precision not null,
  merge_ms double precision not null,
  from_time timestamptz not null,
  to_time timestamptz not null,
  rows integer not null,
  running jsonb not null,
  kept jsonb not null,
  baseline jsonb not null,
  trained_at timestamptz not null,
  live_at timestamptz,
  primary key (monitor_id, version)
);
create unique index orion_monitor_version_live on orion_monitor_version (monitor_id) where role = 'live';
create unique index orion_monitor_version_shadow on orion_monitor_version (monitor_id) where role = 'shadow';

-- How far readings were scored, with all that the scorer remembers; written in one transaction with what it found.
create table orion_watch (
  monitor_id uuid not null,
  version integer not null,
  scored_to timestamptz not null,
  state bytea,
  late bigint not null default 0,
  score double precision,
  primary key (monitor_id, version),
  foreign key (monitor_id, version) references orion_monitor_version (monitor_id, version)
);

-- Scores by hour; `sum` of `rows` scores.
create table orion_score (
  monitor_id uuid not null,
  version integer not null,
  hour timestamptz not null,
  rows integer not null,
  sum double precision not null,
  highest double precision not null,
  primary key (monitor_id, version, hour)
);

-- Alarms of one cause. `signature` is each point's share of the blame; `hints` are the quantities that lead.
create table orion_incident (
  id uuid primary key,
  number integer generated always as identity unique,
  site_id uuid not null,
  node_id uuid not null,
  state text not null default 'open' check (state in ('open', 'closed')),
  severity text not null check (severity in ('info', 'warning', 'alarm', 'critical')),
  from_time timestamptz not null,
  to_time timestamptz not null,
  ended boolean not null default false,
  signature jsonb not null,
  alert_id uuid,
  order_id uuid,
  verdict text check (verdict in ('true', 'false', 'too-late', 'not-useful')),
  comment text not null default '',
  failed_at timestamptz,
  judged_at timestamptz,
  judged_by text,
  created_at timestamptz not null,
  closed_at timestamptz
);
create index orion_incident_from on orion_incident (from_time desc);
create index orion_incident_node on orion_incident (node_id);

-- One alarm begins once: a restart that scores the same readings again finds it here. Those of a shadow belong to no incident.
create table orion_alarm (
  id uuid primary key,
  monitor_id uuid not null,
  version integer not null,
  from_time timestamptz not null,
  to_time timestamptz not null,
  ended boolean not null default false,
  peak double precision not null,
  peak_at timestamptz not null,
  threshold double precision not null,
  blame jsonb not null,
  incident_id uuid references orion_incident (id),
  finding_id uuid,
  unique (monitor_id, version, from_time),
  foreign key (monitor_id, version) references orion_monitor_version (monitor_id, version)
);
create index orion_alarm_incident on orion_alarm (incident_id);
