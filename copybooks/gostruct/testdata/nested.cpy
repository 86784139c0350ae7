      * A table whose elements have tables and counters of their own.
       01  NESTED.
           05  N                   PIC 9.
           05  G OCCURS 0 TO 3 DEPENDING ON N.
               10  Q               PIC 9.
               10  T OCCURS 0 TO 2 DEPENDING ON Q PIC X(2).
               10  E               PIC X.
           05  Z                   PIC X.
