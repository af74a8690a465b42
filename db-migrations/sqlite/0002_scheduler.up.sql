-- The tables of Quartz.NET 4.7: persistent, clustered job store. Its words and columns, not ours; the server uses it as a bell only,
-- and nothing in it decides whether a deadline has passed (case_timer does). Written by Quartz.NET alone.
-- Never edit this file after it has shipped; write the next number instead.

-- Jobs that the scheduler knows.
CREATE TABLE qrtz_job_details (
    sched_name        text    NOT NULL,
    job_name          text    NOT NULL,
    job_group         text    NOT NULL,
    description       text    NULL,
    job_class_name    text    NOT NULL,
    is_durable        integer NOT NULL,
    is_nonconcurrent  integer NOT NULL,
    is_update_data    integer NOT NULL,
    requests_recovery integer NOT NULL,
    job_data          blob    NULL,
    CONSTRAINT pk_qrtz_job_details PRIMARY KEY (sched_name, job_name, job_group)
);
-- Jobs of a group.
CREATE INDEX ix_qrtz_j_g_n ON qrtz_job_details (sched_name, job_group, job_name);

-- When a job is due next.
CREATE TABLE qrtz_triggers (
    sched_name              text    NOT NULL,
    trigger_name            text    NOT NULL,
    trigger_group           text    NOT NULL,
    job_name                text    NOT NULL,
    job_group               text    NOT NULL,
    description             text    NULL,
    next_fire_time          integer NULL,
    prev_fire_time          integer NULL,
    priority                integer NULL,
    trigger_state           text    NOT NULL,
    trigger_type            text    NOT NULL,
    start_time              integer NOT NULL,
    end_time                integer NULL,
    calendar_name           text    NULL,
    misfire_instr           integer NULL,
    misfire_orig_fire_time  integer NULL,
    execution_group         text    NULL,
    preferred_node          text    NULL,
    preferred_node_auto     integer NOT NULL DEFAULT 0,
    retry_policy            text    NULL,
    retry_attempt           integer NULL,
    continues_trigger_name  text    NULL,
    continues_trigger_group text    NULL,
    continuation_condition  integer NULL,
    overlap_policy          integer NULL,
    pause_reason            text    NULL,
    paused_by               text    NULL,
    paused_at               integer NULL,
    misfire_threshold       integer NULL,
    fixed_delay             integer NULL,
    job_data                blob    NULL,
    CONSTRAINT pk_qrtz_triggers PRIMARY KEY (sched_name, trigger_name, trigger_group),
    CONSTRAINT fk_qrtz_triggers_job_details FOREIGN KEY (sched_name, job_name, job_group) REFERENCES qrtz_job_details (sched_name, job_name, job_group)
);
-- Triggers of a job.
CREATE INDEX ix_qrtz_t_j ON qrtz_triggers (sched_name, job_name, job_group);
-- Triggers of a group.
CREATE INDEX ix_qrtz_t_g_n ON qrtz_triggers (sched_name, trigger_group, trigger_name);
-- Triggers that use a calendar.
CREATE INDEX ix_qrtz_t_c ON qrtz_triggers (sched_name, calendar_name);
-- The next triggers to fire, and those that missed their time.
CREATE INDEX ix_qrtz_t_nft_st ON qrtz_triggers (sched_name, trigger_state, next_fire_time, priority DESC, misfire_instr);

-- Triggers that repeat at a fixed interval.
CREATE TABLE qrtz_simple_triggers (
    sched_name      text    NOT NULL,
    trigger_name    text    NOT NULL,
    trigger_group   text    NOT NULL,
    repeat_count    integer NOT NULL,
    repeat_interval integer NOT NULL,
    times_triggered integer NOT NULL,
    CONSTRAINT pk_qrtz_simple_triggers PRIMARY KEY (sched_name, trigger_name, trigger_group),
    CONSTRAINT fk_qrtz_simple_triggers_triggers FOREIGN KEY (sched_name, trigger_name, trigger_group) REFERENCES qrtz_triggers (sched_name, trigger_name, trigger_group) ON DELETE CASCADE
);

-- Triggers on a cron expression.
CREATE TABLE qrtz_cron_triggers (
    sched_name      text NOT NULL,
    trigger_name    text NOT NULL,
    trigger_group   text NOT NULL,
    cron_expression text NOT NULL,
    time_zone_id    text NULL,
    CONSTRAINT pk_qrtz_cron_triggers PRIMARY KEY (sched_name, trigger_name, trigger_group),
    CONSTRAINT fk_qrtz_cron_triggers_triggers FOREIGN KEY (sched_name, trigger_name, trigger_group) REFERENCES qrtz_triggers (sched_name, trigger_name, trigger_group) ON DELETE CASCADE
);

-- Triggers of the other built-in kinds.
CREATE TABLE qrtz_simprop_triggers (
    sched_name    text    NOT NULL,
    trigger_name  text    NOT NULL,
    trigger_group text    NOT NULL,
    str_prop_1    text    NULL,
    str_prop_2    text    NULL,
    str_prop_3    text    NULL,
    int_prop_1    integer NULL,
    int_prop_2    integer NULL,
    long_prop_1   integer NULL,
    long_prop_2   integer NULL,
    dec_prop_1    numeric NULL,
    dec_prop_2    numeric NULL,
    bool_prop_1   integer NULL,
    bool_prop_2   integer NULL,
    time_zone_id  text    NULL,
    CONSTRAINT pk_qrtz_simprop_triggers PRIMARY KEY (sched_name, trigger_name, trigger_group),
    CONSTRAINT fk_qrtz_simprop_triggers_triggers FOREIGN KEY (sched_name, trigger_name, trigger_group) REFERENCES qrtz_triggers (sched_name, trigger_name, trigger_group) ON DELETE CASCADE
);

-- Triggers of kinds unknown to the store.
CREATE TABLE qrtz_blob_triggers (
    sched_name    text NOT NULL,
    trigger_name  text NOT NULL,
    trigger_group text NOT NULL,
    blob_data     blob NULL,
    CONSTRAINT pk_qrtz_blob_triggers PRIMARY KEY (sched_name, trigger_name, trigger_group),
    CONSTRAINT fk_qrtz_blob_triggers_triggers FOREIGN KEY (sched_name, trigger_name, trigger_group) REFERENCES qrtz_triggers (sched_name, trigger_name, trigger_group) ON DELETE CASCADE
);

-- Calendars that exclude times.
CREATE TABLE qrtz_calendars (
    sched_name    text NOT NULL,
    calendar_name text NOT NULL,
    calendar      blob NOT NULL,
    CONSTRAINT pk_qrtz_calendars PRIMARY KEY (sched_name, calendar_name)
);

-- Groups of triggers that are paused.
CREATE TABLE qrtz_paused_trigger_grps (
    sched_name    text    NOT NULL,
    trigger_group text    NOT NULL,
    pause_reason  text    NULL,
    paused_by     text    NULL,
    paused_at     integer NULL,
    CONSTRAINT pk_qrtz_paused_trigger_grps PRIMARY KEY (sched_name, trigger_group)
);

-- Groups of jobs that are paused.
CREATE TABLE qrtz_paused_job_grps (
    sched_name   text    NOT NULL,
    job_group    text    NOT NULL,
    pause_reason text    NULL,
    paused_by    text    NULL,
    paused_at    integer NULL,
    CONSTRAINT pk_qrtz_paused_job_grps PRIMARY KEY (sched_name, job_group)
);

-- What is running now, and on which node.
CREATE TABLE qrtz_fired_triggers (
    sched_name               text    NOT NULL,
    entry_id                 text    NOT NULL,
    trigger_name             text    NOT NULL,
    trigger_group            text    NOT NULL,
    instance_name            text    NOT NULL,
    fired_time               integer NOT NULL,
    sched_time               integer NOT NULL,
    priority                 integer NOT NULL,
    state                    text    NOT NULL,
    job_name                 text    NULL,
    job_group                text    NULL,
    is_nonconcurrent         integer NOT NULL,
    requests_recovery        integer NULL,
    execution_group          text    NULL,
    progress                 integer NULL,
    progress_message         text    NULL,
    interrupt_requested_time integer NULL,
    CONSTRAINT pk_qrtz_fired_triggers PRIMARY KEY (sched_name, entry_id)
);
-- What a dead node was running.
CREATE INDEX ix_qrtz_ft_inst_job_req_rcvry ON qrtz_fired_triggers (sched_name, instance_name, requests_recovery);
-- Whether a job is running.
CREATE INDEX ix_qrtz_ft_j_g ON qrtz_fired_triggers (sched_name, job_name, job_group);
-- Whether a trigger is firing.
CREATE INDEX ix_qrtz_ft_t_g ON qrtz_fired_triggers (sched_name, trigger_name, trigger_group);

-- Nodes and when each was last heard of.
CREATE TABLE qrtz_scheduler_state (
    sched_name        text    NOT NULL,
    instance_name     text    NOT NULL,
    last_checkin_time integer NOT NULL,
    checkin_interval  integer NOT NULL,
    quartz_version    text    NULL,
    CONSTRAINT pk_qrtz_scheduler_state PRIMARY KEY (sched_name, instance_name)
);

-- One row per kind of work that only one node may do at a time.
CREATE TABLE qrtz_locks (
    sched_name text NOT NULL,
    lock_name  text NOT NULL,
    CONSTRAINT pk_qrtz_locks PRIMARY KEY (sched_name, lock_name)
);

-- Filled only where the execution history is switched on.
CREATE TABLE qrtz_execution_history (
    sched_name          text    NOT NULL,
    entry_id            text    NOT NULL,
    instance_name       text    NOT NULL,
    job_name            text    NOT NULL,
    job_group           text    NOT NULL,
    trigger_name        text    NOT NULL,
    trigger_group       text    NOT NULL,
    fired_time          integer NOT NULL,
    run_time            integer NOT NULL,
    succeeded           integer NOT NULL,
    error_message       text    NULL,
    retry_attempt       integer NOT NULL DEFAULT 0,
    retry_scheduled     integer NOT NULL DEFAULT 0,
    execution_log       text    NULL,
    result              integer NULL,
    summary             text    NULL,
    metrics             text    NULL,
    manual              integer NULL,
    fire_instance_id    text    NULL,
    job_input           text    NULL,
    job_input_too_large integer NULL,
    CONSTRAINT pk_qrtz_execution_history PRIMARY KEY (sched_name, entry_id)
);
-- History by time.
CREATE INDEX ix_qrtz_eh_fired_time ON qrtz_execution_history (sched_name, fired_time);
-- History of a node.
CREATE INDEX ix_qrtz_eh_inst ON qrtz_execution_history (sched_name, instance_name);
-- History of a job.
CREATE INDEX ix_qrtz_eh_job_time ON qrtz_execution_history (sched_name, job_group, job_name, fired_time);
-- History of one firing.
CREATE INDEX ix_qrtz_eh_fire_inst ON qrtz_execution_history (sched_name, fire_instance_id);
-- History of a trigger.
CREATE INDEX ix_qrtz_eh_trig_time ON qrtz_execution_history (sched_name, trigger_group, trigger_name, fired_time);

-- Filled only where the execution history is switched on.
CREATE TABLE qrtz_misfire_history (
    sched_name    text    NOT NULL,
    entry_id      text    NOT NULL,
    instance_name text    NOT NULL,
    trigger_name  text    NOT NULL,
    trigger_group text    NOT NULL,
    job_name      text    NULL,
    job_group     text    NULL,
    misfire_time  integer NOT NULL,
    sched_time    integer NULL,
    reason        integer NULL,
    CONSTRAINT pk_qrtz_misfire_history PRIMARY KEY (sched_name, entry_id)
);
-- Misfires by time.
CREATE INDEX ix_qrtz_mh_misfire_time ON qrtz_misfire_history (sched_name, misfire_time);
-- Misfires of a node.
CREATE INDEX ix_qrtz_mh_inst ON qrtz_misfire_history (sched_name, instance_name);

-- Filled only where the execution history is switched on.
CREATE TABLE qrtz_job_status (
    sched_name           text    NOT NULL,
    job_group            text    NOT NULL,
    job_name             text    NOT NULL,
    first_fired_time     integer NOT NULL,
    last_fired_time      integer NOT NULL,
    last_result          integer NOT NULL,
    last_run_time        integer NOT NULL,
    last_instance_name   text    NOT NULL,
    last_entry_id        text    NULL,
    last_summary         text    NULL,
    last_success_time    integer NULL,
    last_failure_time    integer NULL,
    last_failure_message text    NULL,
    consecutive_failures integer NOT NULL DEFAULT 0,
    run_count            integer NOT NULL DEFAULT 0,
    failure_count        integer NOT NULL DEFAULT 0,
    CONSTRAINT pk_qrtz_job_status PRIMARY KEY (sched_name, job_group, job_name)
);
