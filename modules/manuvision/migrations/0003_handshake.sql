-- The talk of a station with the line: how it is set up, which part a verdict is of, and what went wrong.
alter table manuvision_station
  -- Protocols, waits and numbers of classes; null: the line is not talked with.
  add column handshake jsonb;

alter table manuvision_verdict
  -- As the line calls the part; null: it said nothing.
  add column part_id text,
  -- Number that the line read with the result; null: the line was told nothing.
  add column result_id integer;
create index manuvision_verdict_result on manuvision_verdict (station_id, at) where result_id is not null;

-- Every time that a station went into its fail-safe state.
create table manuvision_fault (
  id uuid primary key,
  station_id uuid not null references manuvision_station (id),
  at timestamptz not null,
  code text not null,
  -- Of the part that was under way; null: none was.
  part_id text,
  result_id integer,
  -- Null: it still is, or the server ended before.
  ended_at timestamptz,
  -- Who reset it; null: the line did, or it ended by itself.
  reset_by text
);
create index manuvision_fault_time on manuvision_fault (station_id, at, id);
