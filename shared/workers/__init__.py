"""Worker processes: where a stage computes, so that no text can hold up, starve or end the program that feeds it. No Kafka here.

recipe.py     how a worker makes its stage
pool.py       the program's side: batches in, one result for each record out, in order
template.py   the process that has loaded the stage, from which workers are forked
limits.py     what one record may cost
sandbox.py    what a worker does not get: secrets, sockets, programs
wire.py       frames between the two sides

    pool (the program) ── control ──► template (stage loaded, warm) ── fork ──► workers
         └──────────────────────────── batches, results ───────────────────────┘

A record that ends its worker or passes a limit is rejected (`too_slow`, `out_of_memory`, `crashed`); the rest of its batch is done
by the next worker.
"""
