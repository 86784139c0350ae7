      * Every kind of item that a copybooks.Field reads for Go source, and
      * conditions of every form.
       01  KINDS.
           05  STATUS-CODE         PIC X(3).
               88  IS-OPEN         VALUE 'A' 'B'.
               88  IS-MIDDLE       VALUE 'J' THRU 'S'.
               88  IS-BLANK        VALUE SPACES.
               88  IS-LOW          VALUE LOW-VALUES.
               88  IS-STARS        VALUE ALL '*'.
               88  IS-HEX          VALUE X'C1C2'.
           05  RIGHT-CODE          PIC X(4) JUSTIFIED RIGHT.
               88  RIGHT-AB        VALUE '  AB'.
           05  PRICE               PIC $$,$$9.99CR.
           05  STARS               PIC **9.99.
           05  STAMP               PIC XX/XX.
           05  OPTIONAL-COUNT      PIC 9(3) BLANK WHEN ZERO.
           05  SHORT-FLOAT         COMP-1.
           05  LONG-FLOAT          COMP-2.
           05  NO-SIGN             PIC 9(5)V99 COMP-6.
           05  BIG-END             PIC S9(7) COMP-X.
           05  LITTLE-END          PIC 9(5) COMP-9.
           05  FULL-WORD           PIC 9(4) COMP-5.
           05  FULL-DOUBLE         PIC 9(18) COMP-5.
           05  WIDE-TEXT           PIC N(3) NATIONAL.
               88  WIDE-YES        VALUE N'YES'.
           05  WIDE-NUMBER         PIC 9(3) NATIONAL.
           05  EIGHT               PIC U(4) UTF-8.
           05  FILLER              PIC N(2) NATIONAL.
           05  SLOT                INDEX.
           05  PLACE               POINTER.
           05  WORK                FUNCTION-POINTER.
           05  RATE                PIC S9(3)V99 COMP-3.
               88  RATE-ZERO       VALUE ZERO.
               88  RATE-USUAL      VALUE 1.5 -2.25 THRU -1.
               88  RATE-NEVER      VALUE 0.001.
           05  LARGE               PIC S9(20)V99.
               88  LARGE-RANGE     VALUE -100.5 THRU 10000000000.
           05  FILLER              PIC ZZ9.
           05  FILLER              PIC 9(3) COMP-6.
           05  N                   PIC 9.
           05  M                   PIC 9.
           05  ENTRY-GROUP OCCURS 1 TO 3 DEPENDING ON N.
               10  FLAG            PIC X OCCURS 2.
                   88  FLAG-SET    VALUE 'Y'.
               10  DEEP            PIC ZZ9 OCCURS 0 TO 2 DEPENDING ON M.
               10  TAIL            PIC X(2).
           05  AFTER-ALL           PIC S9(3) COMP-3.
           05  BASE                PIC X(10).
           05  OVER-EDITED REDEFINES BASE PIC Z(6)9.99.
           05  OVER-GROUP REDEFINES BASE.
               10  K               PIC 9.
               10  L OCCURS 0 TO 9 DEPENDING ON K PIC X.
