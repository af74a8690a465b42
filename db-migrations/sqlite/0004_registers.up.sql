-- Registers of items, policies, staff and windows: where an entry belongs, what is still owed to it, and its history.
-- Never edit this file after it has shipped; write the next number instead.

ALTER TABLE register_entry ADD COLUMN region text NULL;
ALTER TABLE register_entry ADD COLUMN owed text NULL CHECK (owed IN ('terminate_cases'));   -- done by the next sweep, again until it is done

CREATE TABLE register_fact (
    subject     text    NOT NULL,
    seq         integer NOT NULL CHECK (seq > 0),
    at          integer NOT NULL,
    recorded_at integer NOT NULL,
    kind        text    NOT NULL,
    name        text    NOT NULL,
    addressee   text    NULL,
    value       text    NULL,
    actor_id    text    NOT NULL,
    actor_role  text    NOT NULL,
    CONSTRAINT pk_register_fact PRIMARY KEY (subject, seq)
) STRICT;
