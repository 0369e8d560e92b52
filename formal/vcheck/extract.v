(* extract.v -- the checker of kernel.v as OCaml.  Booleans, lists, pairs and options become OCaml's own;
   numbers stay the inductive ones that the proof speaks of. *)
Require Import polynomial meaning kernel.
Require Extraction.
From Coq Require Import ExtrOcamlBasic.
Extraction Language OCaml.
Extraction "core.ml" check has_exponentials.
