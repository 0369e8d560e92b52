(* main.ml -- vcheck [-statement] FILE...: runs the checker that Coq proved sound on documents of certificate format 2
   with a literal statement, not compressed.  Not verified: this file, reader.ml, sha256.ml, Coq's extraction, the
   OCaml compiler.
   Exit status: 0 all valid, 1 some invalid, 2 a file that could not be read or decided. *)
let read file =
  let ch = open_in_bin file in
  let s = really_input_string ch (in_channel_length ch) in
  close_in ch; s

let () =
  let args = List.tl (Array.to_list Sys.argv) in
  let show, files = match args with "-statement" :: l -> (true, l) | l -> (false, l) in
  if files = [] then (prerr_endline "usage: vcheck [-statement] FILE..."; exit 2);
  let status = ref 0 in
  let worse n = if n > !status then status := n in
  List.iter (fun file ->
    Reader.roots := false; Reader.exponents := false;
    let checked t hints proof =
      if not (Core.check !Reader.roots !Reader.exponents t.Reader.core hints proof) then Reader.fail ("the proof of " ^ t.Reader.title) in
    match Reader.data := read file; Reader.at := 0; Reader.fresh := false; Reader.document checked with
    | theorems, claims ->
      Printf.printf "%s: valid, over %s%s: %s\n" file (if !Reader.roots then "real closed fields" else "ordered fields")
        (if !Reader.exponents then " that have an exponential" else "")
        (String.concat ", " (List.map (fun (t, s) -> Printf.sprintf "%S %s" t s) claims));
      if show then Array.iter (fun t -> print_endline t.Reader.canonical) theorems
    | exception Reader.Reject reason -> Printf.printf "%s: INVALID (byte %d: %s)\n" file !Reader.at reason; worse 1
    | exception Reader.Unproved what -> Printf.printf "%s: undecided: %s has no proof in Coq\n" file what; worse 2
    | exception Sys_error e -> prerr_endline e; worse 2
    | exception (Stack_overflow | Out_of_memory) ->
      Printf.printf "%s: undecided: too large for this machine\n" file; worse 2) files;
  exit !status
